package dev.troupe.clusterconfig.member;

import dev.troupe.clusterconfig.configuration.MemberConfiguration;
import java.util.function.Consumer;

/// Starts a member among others.
@FunctionalInterface
public interface CompanyStarter {

  /// Returns when the API is served and ready.
  ///
  /// @param told gets a line for each step
  /// @param begins gets the member before it joins anybody: from then on it can be stopped
  /// @throws MemberFailedException if it cannot start
  /// @throws NotAdmittedException if the others do not let it in
  /// @throws dev.troupe.clusterconfig.configuration.WrongConfigurationException if what is
  ///   configured cannot be
  RunningMember start(
      MemberConfiguration configuration, Consumer<String> told, Consumer<RunningMember> begins);
}
