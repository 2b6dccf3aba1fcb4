package dev.troupe.resources.kind;

import dev.troupe.resources.claim.Claims;
import dev.troupe.resources.conversion.Conversion;
import dev.troupe.resources.conversion.ConversionHook;
import dev.troupe.resources.conversion.Spelling;
import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.schema.Conformed;
import dev.troupe.resources.schema.Conformer;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.schema.shape.MergeShape;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.NameRule;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What is special about the resources of one type. A row of the registry says how a type is
/// served, its kind how its objects behave; nobody asks a type for its name.
///
/// A kind overrides what it is special in and composes the rest of small classes beside it. It may
/// as well be made from data. All methods are pure; objects are in the stored version.
public interface Kind {

  /// What names must look like.
  default NameRule nameRule() {
    return Names::subdomain;
  }

  /// Whether a definition has made the type, and none of Kubernetes' own rules are meant for it.
  default boolean isDefined() {
    return false;
  }

  /// Does ahead what the first write would wait for.
  ///
  /// @return whether there was anything to do
  default boolean prepare() {
    return false;
  }

  /// Whether to decide on an object may take long, however small it is.
  default boolean takesTime() {
    return false;
  }

  /// Holds what was written against the schema of a group-version.
  ///
  /// @param object not modified
  /// @param schemaType the name of the schema
  default Conformed conform(
      ObjectNode object, String apiVersion, String schemaType, Conformer conformer) {
    return conformer.conform(object, schemaType);
  }

  /// A stored object in a group-version. It may be itself, and parts may be shared.
  default ObjectNode shown(ObjectNode stored, String apiVersion) {
    return Conversion.convert(stored, spelling(), apiVersion);
  }

  /// Who converts objects from one group-version to another; empty if nobody need be asked.
  default Optional<ConversionHook> conversionHook() {
    return Optional.empty();
  }

  /// A stored object in its own group-version, as the type has it now.
  default ObjectNode recalled(ObjectNode stored) {
    return stored;
  }

  /// An object that has been converted, without what its group-version does not have.
  default ObjectNode fitted(ObjectNode converted) {
    return converted;
  }

  /// Whether what is stored is just what is shown under the stored group-version, so that nobody
  /// need look at it.
  default boolean isShownAsStored() {
    return true;
  }

  /// What is told whoever uses a group-version that is on its way out.
  default Optional<String> deprecation(String apiVersion) {
    return Optional.empty();
  }

  /// What an object leaves open and is filled in whenever it is written.
  default Defaults defaults() {
    return Defaults.NONE;
  }

  /// The same for what is written in a group-version, where that makes a difference.
  default Defaults defaults(String apiVersion) {
    return defaults();
  }

  /// The rules beside those of metadata.
  default Validation rules() {
    return Validation.NONE;
  }

  /// The same for what is written in a group-version, where that makes a difference.
  default Validation rules(String apiVersion) {
    return rules();
  }

  /// The columns that clients print.
  default TableBuilder table() {
    return ShortTable.NAME_AND_AGE;
  }

  /// The same for a group-version, where that makes a difference.
  default TableBuilder table(String apiVersion) {
    return table();
  }

  /// The schemas that the type needs and no table of the build has.
  default List<ObjectSchema> schemas() {
    return List.of();
  }

  /// Whether the type is served under a group-version that it has: one may be only stored.
  default boolean serves(String apiVersion) {
    return true;
  }

  /// What the fields are called under the group-versions that the type is served under.
  default Spelling spelling() {
    return Spelling.SAME;
  }

  /// How objects are taken apart under a group-version when they are merged; empty if as their
  /// schema says.
  default Optional<MergeShape> mergeShape(String apiVersion) {
    return Optional.empty();
  }

  /// How much of the past of an object is kept.
  default HistoryLimit history() {
    return HistoryLimit.LONG;
  }

  /// Whether new objects come with a status. What was observed is nothing that a new one has.
  default boolean bringsStatus() {
    return false;
  }

  /// The state that every new object begins in, after its defaults.
  default void begin(ObjectNode object) {}

  /// Completes a new object, defaults included, as Kubernetes' admission plugins do.
  ///
  /// @return why it is forbidden; empty if it is not
  default Optional<String> admit(ObjectNode object) {
    return Optional.empty();
  }

  /// The objects that a new one needs and is completed by, in their order.
  default List<Sponsor> sponsors() {
    return List.of();
  }

  /// Completes a changed object as Kubernetes' admission plugins do, defaults included.
  ///
  /// @param current not modified
  default void admitChange(ObjectNode object, ObjectNode current) {}

  /// What objects must have of their own; empty if nothing.
  default Optional<Claims> claims() {
    return Optional.empty();
  }

  /// What one object of the type at most may be; empty if there is no such thing.
  default Optional<Distinction> distinction() {
    return Optional.empty();
  }

  /// Puts back what a change of the whole may leave out, or may not touch.
  default void keep(ObjectNode object, ObjectNode current) {}

  /// The fields of metadata that a change of the status does not touch.
  default List<String> keptByStatus() {
    return List.of("ownerReferences");
  }

  /// Whether a change counts in the generation although all but metadata and status is the same.
  default boolean countsGeneration(ObjectNode object, ObjectNode current) {
    return false;
  }

  /// Why the object of this name stays for ever; empty if it does not.
  default Optional<String> immortality(String name) {
    return Optional.empty();
  }

  /// What becomes of an object that is deleted.
  default Ending ending() {
    return Ending.FREE;
  }

  /// Whether an object that is being deleted is held back by something beside its finalizers.
  default boolean isHeld(ObjectNode object) {
    return false;
  }

  /// Whether a deletion is answered with the last content of the object instead of its success.
  default boolean answersDeleted() {
    return false;
  }
}
