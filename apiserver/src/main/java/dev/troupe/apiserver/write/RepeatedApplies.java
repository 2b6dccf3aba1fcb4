package dev.troupe.apiserver.write;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.call.Ask;
import dev.troupe.apiserver.options.WriteOptions;
import dev.troupe.resources.mutation.MutationRequest.FieldValidation;
import dev.troupe.resources.registry.ResourceType;
import dev.troupe.resources.subresource.Subresource;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Applies that have changed nothing. Controllers apply the same again and again: what is decided
/// depends on the object, its type and the request alone, so that as long as all of them are the
/// same it is known already, and costs what a read costs.
///
/// As many are known as were asked for last; for all the others the object decides again.
final class RepeatedApplies {

  private static final int MOST = 2_048;

  /// What was asked for.
  ///
  /// @param body its digest
  record Said(
      ResourceKey key,
      String apiVersion,
      String subresource,
      String user,
      String fieldManager,
      FieldValidation validation,
      boolean force,
      String body) {}

  private record Unchanged(ResourceType type, long version, List<String> warnings) {}

  private final Map<Said, Unchanged> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Said, Unchanged> eldest) {
          return size() > MOST;
        }
      };

  /// Null if it is nothing that could be known.
  static @Nullable Said said(Ask ask, WriteOptions options) {
    var request = ask.request();
    return options.dryRun() || ask.subresource() instanceof Subresource.View
        ? null
        : new Said(
            ask.key(),
            ask.endpoint().served().apiVersion(),
            ask.subresource().name(),
            ask.call().user().name(),
            options.fieldManager(),
            options.fieldValidation(),
            request.query().flag("force"),
            digest(ask.call().body()));
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new LinkageError("every JDK has SHA-256", impossible);
    }
  }

  synchronized boolean mayKnow(@Nullable Said said) {
    return said != null && known.containsKey(said);
  }

  /// What an apply would be answered on the object as it is; empty if that is not known.
  synchronized Optional<WriteReply> reply(Said said, Ask ask, Optional<StoredResource> present) {
    var unchanged = known.get(said);
    return unchanged == null || !unchanged.type().equals(ask.endpoint().type())
        ? Optional.empty()
        : present
            .filter(found -> found.version() == unchanged.version())
            .map(found ->
                new WriteReply.Written(
                    WriteReply.Outcome.UNCHANGED,
                    found.json(),
                    found.version(),
                    unchanged.warnings()));
  }

  /// Remembers what an apply was answered, if that was that nothing has changed.
  synchronized void answered(@Nullable Said said, Ask ask, WriteReply reply) {
    if (said != null
        && reply instanceof WriteReply.Written(var outcome, _, var version, var warnings)) {
      if (outcome == WriteReply.Outcome.UNCHANGED) {
        known.put(said, new Unchanged(ask.endpoint().type(), version, warnings));
      } else {
        known.remove(said);
      }
    }
  }
}
