package dev.troupe.clusterconfig.member;

/// Starts a member.
@FunctionalInterface
public interface MemberStarter {

  /// Returns when the API is served and ready.
  ///
  /// @throws MemberFailedException if it cannot start
  RunningMember start(MemberSettings settings);
}
