package dev.troupe.testkit.members;

import java.util.List;

/// All members on the loopback of this machine, where nobody can be cut off.
public final class LoopbackNetwork implements MemberNetwork {

  private static final String NO_CUT = "nobody can be cut off on the loopback";

  @Override
  public String host(int member) {
    return "127.0.0.1";
  }

  @Override
  public String storeUrl(int member, String url) {
    return url;
  }

  @Override
  public List<String> at(int member, List<String> command) {
    return command;
  }

  @Override
  public void cut(int one, int other) {
    throw new UnsupportedOperationException(NO_CUT);
  }

  @Override
  public void cutOneWay(int from, int to) {
    throw new UnsupportedOperationException(NO_CUT);
  }

  @Override
  public void cutOff(int member) {
    throw new UnsupportedOperationException(NO_CUT);
  }

  @Override
  public void lose(int member, int percent) {
    throw new UnsupportedOperationException("the loopback loses nothing");
  }

  @Override
  public void loseNothing(int member) {
    // Nothing is lost.
  }

  @Override
  public void heal() {
    // Nothing is cut.
  }

  @Override
  public void close() {
    // Nothing was made.
  }
}
