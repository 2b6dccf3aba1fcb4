package dev.troupe.controllers.objects;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which taints a toleration is about.
public final class Tolerations {

  private Tolerations() {}

  public static boolean tolerates(Toleration toleration, Taint taint) {
    if (isGiven(toleration.getEffect()) && !toleration.getEffect().equals(taint.getEffect())) {
      return false;
    }
    if (isGiven(toleration.getKey()) && !toleration.getKey().equals(taint.getKey())) {
      return false;
    }
    if ("Exists".equals(toleration.getOperator())) {
      return true;
    }
    return isGiven(toleration.getKey())
        && Objects.requireNonNullElse(toleration.getValue(), "")
            .equals(Objects.requireNonNullElse(taint.getValue(), ""));
  }

  private static boolean isGiven(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
