package dev.troupe.clusterconfig.supervision.logic;

/// What is known of how a process has ended: whether another start may help.
public enum ProcessEnd {
  /// It may.
  ORDINARY,
  /// It may when something has changed elsewhere, which takes its time: others have refused it.
  UNWELCOME,
  /// It will not, before something has been mended here.
  HOPELESS;

  private static final int WRONG_USAGE = 2;
  private static final int NOT_ADMITTED = 4;

  /// @param exitCode of `troupe member`
  public static ProcessEnd of(int exitCode) {
    return switch (exitCode) {
      case WRONG_USAGE -> HOPELESS;
      case NOT_ADMITTED -> UNWELCOME;
      default -> ORDINARY;
    };
  }
}
