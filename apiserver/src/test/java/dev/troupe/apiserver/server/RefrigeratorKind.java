package dev.troupe.apiserver.server;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.schema.Field;
import dev.troupe.resources.schema.Field.Zero;
import dev.troupe.resources.schema.FieldType.Ref;
import dev.troupe.resources.schema.FieldType.Scalar;
import dev.troupe.resources.schema.ObjectSchema;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.NameRule;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A kind that nobody has heard of: everything that is special about it is here.
final class RefrigeratorKind implements Kind {

  static final String SCHEMA = "dev.example.kitchen.v1.Refrigerator";

  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final TableBuilder TABLE =
      ShortTable.of(
          new ShortTable.Fact(
              Column.number("Wanted", "Degrees Celsius."),
              object -> (int) Json.number(object.get("spec"), "celsius", 0)),
          new ShortTable.Fact(
              Column.text("Door", "Whether it is open."),
              object -> Json.text(object.get("status"), "door")));

  @Override
  public NameRule nameRule() {
    return Names::label1035;
  }

  @Override
  public Defaults defaults() {
    return object -> Given.orElse(Json.child(object, "spec"), "celsius", 7);
  }

  @Override
  public Validation rules() {
    return RefrigeratorKind::check;
  }

  private static void check(ObjectNode object, FieldErrors errors) {
    long celsius = Json.number(Json.object(object, "spec"), "celsius", 0);
    if (celsius > 12) {
      errors.invalid(Path.SPEC.child("celsius"), celsius, "the milk would turn sour");
    }
  }

  @Override
  public TableBuilder table() {
    return TABLE;
  }

  @Override
  public Optional<String> immortality(String name) {
    return name.equals("in-the-lab")
        ? Optional.of("this namespace may not be deleted")
        : Optional.empty();
  }

  @Override
  public List<ObjectSchema> schemas() {
    return List.of(
        ObjectSchema.of(
            SCHEMA,
            Field.of("apiVersion", Scalar.STRING, Zero.DROPPED),
            Field.of("kind", Scalar.STRING, Zero.DROPPED),
            Field.of("metadata", new Ref(META + "ObjectMeta"), Zero.FILLED),
            Field.of("spec", new Ref(SCHEMA + "Spec"), Zero.FILLED),
            Field.of("status", new Ref(SCHEMA + "Status"), Zero.FILLED)),
        ObjectSchema.listOf(SCHEMA),
        ObjectSchema.of(
            SCHEMA + "Spec",
            Field.of("celsius", Scalar.INT32, Zero.DISTINCT),
            Field.of("owner", Scalar.STRING, Zero.DROPPED),
            Field.of("replicas", Scalar.INT32, Zero.DISTINCT)),
        ObjectSchema.of(
            SCHEMA + "Status",
            Field.of("door", Scalar.STRING, Zero.DROPPED),
            Field.of("replicas", Scalar.INT32, Zero.DROPPED)));
  }
}
