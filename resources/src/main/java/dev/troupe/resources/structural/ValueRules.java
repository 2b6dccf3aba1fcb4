package dev.troupe.resources.structural;

import dev.troupe.resources.structural.text.TextPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a value must keep beside its type.
///
/// @param format empty if there is none, or none that is known for the type
/// @param enumeration the values that it may have; empty if it may have any
record ValueRules(
    String format,
    @Nullable Double maximum,
    boolean exclusiveMaximum,
    @Nullable Double minimum,
    boolean exclusiveMinimum,
    @Nullable Double multipleOf,
    @Nullable Long maxLength,
    @Nullable Long minLength,
    @Nullable TextPattern pattern,
    @Nullable Long maxItems,
    @Nullable Long minItems,
    boolean uniqueItems,
    @Nullable Long maxProperties,
    @Nullable Long minProperties,
    List<String> required,
    List<JsonNode> enumeration,
    List<Structural> allOf,
    List<Structural> anyOf,
    List<Structural> oneOf,
    @Nullable Structural not) {}
