package dev.troupe.clients.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Status and events: what is known of a place is in a config map that somebody else writes; as
/// long as there is none, the status says so, and when there is one it is told as an event. One of
/// several leads.
@ControllerConfiguration
@GradualRetry(initialInterval = 100, maxAttempts = 3)
public final class ForecastOperator implements Reconciler<Forecast> {

  /// Starts it.
  ///
  /// @param words the namespace that it looks after
  public static void main(String[] words) {
    var leading =
        LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("forecasts")
            .withLeaseNamespace(words[0])
            .withIdentity("forecaster")
            .build();
    var operator = new Operator(config -> config.withLeaderElectionConfiguration(leading));
    operator.register(new ForecastOperator(), config -> config.settingNamespace(words[0]));
    operator.installShutdownHook(java.time.Duration.ofSeconds(5));
    operator.start();
    IO.println("started");
  }

  @Override
  public List<EventSource<?, Forecast>> prepareEventSources(EventSourceContext<Forecast> context) {
    var weather =
        InformerEventSourceConfiguration.from(ConfigMap.class, Forecast.class)
            .withLabelSelector("weather=true")
            .withNamespacesInheritedFromController()
            .withPrimaryToSecondaryMapper((Forecast forecast) ->
                Set.of(
                    new ResourceID(
                        forecast.getSpec().place, forecast.getMetadata().getNamespace())))
            .withSecondaryToPrimaryMapper(map ->
                context
                    .getPrimaryCache()
                    .list(forecast -> forecast.getSpec().place.equals(map.getMetadata().getName()))
                    .map(ResourceID::fromResource)
                    .collect(Collectors.toSet()))
            .build();
    return List.of(new InformerEventSource<>(weather, context));
  }

  @Override
  public UpdateControl<Forecast> reconcile(Forecast forecast, Context<Forecast> context) {
    var weather = context.getSecondaryResource(ConfigMap.class);
    if (weather.isEmpty()) {
      throw new IllegalStateException("nothing is known of " + forecast.getSpec().place);
    }
    var text = weather.get().getData().getOrDefault("text", "");
    if (forecast.getStatus() == null || !text.equals(forecast.getStatus().text)) {
      tell(forecast, text, context);
    }
    return UpdateControl.patchStatus(told(forecast, text, ""));
  }

  @Override
  public ErrorStatusUpdateControl<Forecast> updateErrorStatus(
      Forecast forecast, Context<Forecast> context, Exception problem) {
    return ErrorStatusUpdateControl.patchStatus(
        told(forecast, "", Objects.toString(problem.getMessage(), "")));
  }

  private static Forecast told(Forecast forecast, String text, String problem) {
    var told = new Forecast();
    told.setMetadata(
        new ObjectMetaBuilder()
            .withName(forecast.getMetadata().getName())
            .withNamespace(forecast.getMetadata().getNamespace())
            .build());
    told.setStatus(new Forecast.Status());
    told.getStatus().text = text;
    told.getStatus().problem = problem;
    told.getStatus().observedGeneration = forecast.getMetadata().getGeneration();
    return told;
  }

  private static void tell(Forecast forecast, String text, Context<Forecast> context) {
    var now = java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName(forecast.getMetadata().getName() + "-")
            .withNamespace(forecast.getMetadata().getNamespace())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(forecast.getApiVersion())
            .withKind(forecast.getKind())
            .withName(forecast.getMetadata().getName())
            .withNamespace(forecast.getMetadata().getNamespace())
            .withUid(forecast.getMetadata().getUid())
            .endInvolvedObject()
            .withType("Normal")
            .withReason("Foretold")
            .withMessage(text)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withNewSource()
            .withComponent("forecaster")
            .endSource()
            .build();
    context.getClient().resource(event).create();
  }
}
