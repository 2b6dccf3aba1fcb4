package dev.troupe.apiserver.openapi;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What Kubernetes says about its types and fields, taken from the annotations of the official Java
/// client's model. Class files are read as data: no class is loaded, and the annotations need not
/// be on the class path.
final class FieldDocumentation {

  private static final String MODELS = "/io/kubernetes/client/openapi/models/";
  private static final String TYPE_TEXT = "Lio/swagger/annotations/ApiModel;";
  private static final String FIELD_TEXT = "Lio/swagger/annotations/ApiModelProperty;";
  private static final String JSON_NAME = "Lcom/google/gson/annotations/SerializedName;";

  /// @param fields by their JSON names
  record TypeText(String description, Map<String, String> fields) {
    private static final TypeText UNKNOWN = new TypeText("", Map.of());
  }

  private final Map<String, TypeText> known = new ConcurrentHashMap<>();

  /// @param schema such as `io.k8s.api.apps.v1.Deployment`
  TypeText of(String schema) {
    return known.computeIfAbsent(schema, FieldDocumentation::read);
  }

  private static TypeText read(String schema) {
    return candidates(schema).stream()
        .flatMap(name -> model(name).stream())
        .findFirst()
        .map(FieldDocumentation::read)
        .orElse(TypeText.UNKNOWN);
  }

  /// The model's class is named after version and kind, and after the group too where two groups
  /// have the same kind.
  private static List<String> candidates(String schema) {
    var parts = schema.split("\\.");
    var name = parts[parts.length - 1];
    var version = capitalized(parts[parts.length - 2]);
    return List.of(capitalized(parts[parts.length - 3]) + version + name, version + name);
  }

  private static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static Optional<ClassModel> model(String name) {
    try (var in = V1ObjectMeta.class.getResourceAsStream(MODELS + name + ".class")) {
      return in == null ? Optional.empty() : Optional.of(ClassFile.of().parse(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TypeText read(ClassModel model) {
    var byGetter = new HashMap<String, String>();
    for (var method : model.methods()) {
      text(method, FIELD_TEXT, "value")
          .ifPresent(text -> byGetter.put(method.methodName().stringValue(), text));
    }
    var fields = new HashMap<String, String>();
    for (var field : model.fields()) {
      var text = byGetter.getOrDefault(getter(field.fieldName().stringValue()), "");
      text(field, JSON_NAME, "value")
          .ifPresent(name -> fields.put(name, text.isEmpty() ? "The field " + name + "." : text));
    }
    return new TypeText(text(model, TYPE_TEXT, "description").orElse(""), Map.copyOf(fields));
  }

  private static String getter(String field) {
    return "get" + capitalized(field.startsWith("_") ? field.substring(1) : field);
  }

  private static Optional<String> text(AttributedElement of, String annotation, String element) {
    return of.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
        .flatMap(all -> all.annotations().stream())
        .filter(candidate -> candidate.className().equalsString(annotation))
        .flatMap(found -> value(found, element).stream())
        .findFirst();
  }

  private static Optional<String> value(Annotation annotation, String element) {
    return annotation.elements().stream()
        .filter(candidate -> candidate.name().equalsString(element))
        .map(AnnotationElement::value)
        .filter(AnnotationValue.OfString.class::isInstance)
        .map(value -> ((AnnotationValue.OfString) value).stringValue())
        .findFirst();
  }
}
