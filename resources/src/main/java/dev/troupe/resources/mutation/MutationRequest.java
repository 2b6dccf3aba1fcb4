package dev.troupe.resources.mutation;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.subresource.Subresource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mutation with everything else that the decision depends on: [Mutator] has no clock and no
/// randomness of its own.
///
/// @param key the resource; its type is the stored one
/// @param apiVersion the group-version that bodies and patches are written in, such as `apps/v1`
/// @param subresource what of the resource is written, or done to it
public record MutationRequest(
    ResourceKey key,
    String apiVersion,
    Subresource subresource,
    Mutation mutation,
    Options options,
    Facts facts) {

  /// The same request for something else.
  ///
  /// @param otherVersion the group-version that the mutation is written in
  public MutationRequest with(String otherVersion, Mutation other) {
    return new MutationRequest(key, otherVersion, subresource, other, options, facts);
  }

  /// The request for exactly this, with the owners that it brings along.
  ///
  /// @param otherVersion the group-version that the mutation is written in
  public MutationRequest exactly(String otherVersion, Mutation exact) {
    return new MutationRequest(key, otherVersion, subresource, exact, options.settled(), facts);
  }

  /// The same request by the words of whoever has its type already.
  public MutationRequest of(TypeRef own) {
    var same = new ResourceKey(own, key.namespace(), key.name());
    return new MutationRequest(same, apiVersion, subresource, mutation, options, facts);
  }

  public MutationRequest withNamespaceUid(String uid) {
    return new MutationRequest(
        key,
        apiVersion,
        subresource,
        mutation,
        options,
        new Facts(facts.now(), facts.newUid(), uid));
  }

  /// @param fieldManager who is recorded as the writer; empty if unknown
  /// @param duplicateFields the paths of fields that the body has twice, as the decoder saw them
  /// @param ownersSettled whether the object comes with its owners in `managedFields`
  public record Options(
      FieldValidation fieldValidation,
      boolean dryRun,
      String fieldManager,
      List<String> duplicateFields,
      boolean ownersSettled) {

    public static final Options DEFAULT = new Options(FieldValidation.IGNORE, false, "", List.of());

    public Options(
        FieldValidation fieldValidation,
        boolean dryRun,
        String fieldManager,
        List<String> duplicateFields) {
      this(fieldValidation, dryRun, fieldManager, duplicateFields, false);
    }

    Options settled() {
      return new Options(fieldValidation, dryRun, fieldManager, List.of(), true);
    }
  }

  /// What happens to fields that the schema does not know.
  public enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  /// @param now becomes creation and deletion timestamps, cut to seconds
  /// @param newUid the uid of the object, should it be created
  /// @param namespaceUid the uid of the namespace as admission saw it; null if cluster-scoped, or
  ///   if nothing can be created
  public record Facts(Instant now, String newUid, @Nullable String namespaceUid) {}
}
