package dev.troupe.clusterconfig.member;

/// Which release this is.
public final class Release {

  public static final String NAME = "0.1.0-SNAPSHOT";

  private Release() {}
}
