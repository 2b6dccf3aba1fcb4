package dev.troupe.resources.conversion;

import dev.troupe.resources.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects that somebody else is asked to convert, and what came back.
///
/// @param version of the review itself: `v1` or `v1beta1`
/// @param uid by which the answer is known to be one to this question
/// @param desired the `apiVersion` that objects are wanted in
/// @param objects those that are in another one, in order
public record ConversionReview(
    String version, String uid, String desired, List<ObjectNode> objects) {

  private static final String GROUP = "apiextensions.k8s.io/";
  private static final List<String> VERSIONS = List.of("v1", "v1beta1");

  /// @param accepted the versions of reviews that a definition says are understood, best first;
  ///   empty if there is none that we know
  public static Optional<String> version(List<String> accepted) {
    return accepted.stream().filter(VERSIONS::contains).findFirst();
  }

  /// What is sent.
  public ObjectNode request() {
    var review = Json.object();
    review.put("apiVersion", GROUP + version);
    review.put("kind", "ConversionReview");
    var request = review.putObject("request");
    request.put("uid", uid);
    request.put("desiredAPIVersion", desired);
    var list = request.putArray("objects");
    objects.forEach(list::add);
    return review;
  }

  /// The converted objects, in the order of those that were sent. Of their metadata only labels and
  /// annotations are theirs, all else stays what it was.
  ///
  /// @throws ConversionRefused if the answer is none, or no success
  public List<ObjectNode> converted(JsonNode answer) {
    var found = successes(answer);
    var name = objects.isEmpty() ? "" : name(objects.getFirst());
    if (found.size() != objects.size()) {
      throw new ConversionRefused(
          "conversion webhook for %s returned %d objects, expected %d"
              .formatted(name, found.size(), objects.size()));
    }
    var converted = new ArrayList<ObjectNode>(found.size());
    for (int i = 0; i < found.size(); i++) {
      int index = objects.size() == 1 ? ConvertedObject.ONLY : i;
      converted.add(new ConvertedObject(objects.get(i), desired, index).checked(found.get(i)));
    }
    return converted;
  }

  private List<JsonNode> successes(JsonNode answer) {
    var response = Json.object(answer, "response");
    if (version.equals("v1")) {
      expect(
          Json.text(answer, "apiVersion").equals(GROUP + "v1")
              && Json.text(answer, "kind").equals("ConversionReview"),
          "expected webhook response of apiextensions.k8s.io/v1, Kind=ConversionReview, got "
              + Json.text(answer, "apiVersion")
              + ", Kind="
              + Json.text(answer, "kind"));
    }
    if (response == null) {
      throw failed("no response provided");
    }
    var its = Json.text(response, "uid");
    expect(
        version.equals("v1beta1") || its.equals(uid),
        "expected response.uid=\"" + uid + "\", got \"" + its + "\"");
    var result = Json.object(response, "result");
    var status = Json.text(result, "status");
    if (!status.equals("Success")) {
      var message = Json.text(result, "message");
      throw failed(
          message.isEmpty()
              ? "response.result.status was '" + status + "', not 'Success'"
              : message);
    }
    var list = Json.list(response, "convertedObjects");
    return list == null ? List.of() : List.copyOf(list.valueStream().toList());
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw failed(otherwise);
    }
  }

  /// There is no answer.
  public ConversionRefused failed(String why) {
    var name = objects.isEmpty() ? "" : name(objects.getFirst());
    return new ConversionRefused("conversion webhook for " + name + " failed: " + why);
  }

  static String name(ObjectNode object) {
    return Json.text(object, "apiVersion") + ", Kind=" + Json.text(object, "kind");
  }
}
