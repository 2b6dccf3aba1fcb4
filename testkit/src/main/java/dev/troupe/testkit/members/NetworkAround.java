package dev.troupe.testkit.members;

import java.util.List;

/// A network as another one is, but for what is added to it.
abstract class NetworkAround implements MemberNetwork {

  private final MemberNetwork network;

  NetworkAround(MemberNetwork network) {
    this.network = network;
  }

  @Override
  public String host(int member) {
    return network.host(member);
  }

  @Override
  public String storeUrl(int member, String url) {
    return network.storeUrl(member, url);
  }

  @Override
  public int bindPort(int member, int port) {
    return network.bindPort(member, port);
  }

  @Override
  public List<String> options(int member) {
    return network.options(member);
  }

  @Override
  public List<String> at(int member, List<String> command) {
    return network.at(member, command);
  }

  @Override
  public void cut(int one, int other) {
    network.cut(one, other);
  }

  @Override
  public void cutOneWay(int from, int to) {
    network.cutOneWay(from, to);
  }

  @Override
  public void cutOff(int member) {
    network.cutOff(member);
  }

  @Override
  public void lose(int member, int percent) {
    network.lose(member, percent);
  }

  @Override
  public void loseNothing(int member) {
    network.loseNothing(member);
  }

  @Override
  public void heal() {
    network.heal();
  }

  @Override
  public void close() {
    network.close();
  }
}
