package dev.troupe.samples.refrigerator;

import dev.troupe.api.extension.Extension;
import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.command.TroupeCommand;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The `troupe` command, whose member runs refrigerators too. Their compressors are lines in the
/// log.
public final class Kitchen implements ExtensionSource {

  private static final Logger LOG = LoggerFactory.getLogger(Kitchen.class);

  public static void main(String[] arguments) {
    TroupeCommand.run(Kitchen.class, new Kitchen().extension(), arguments);
  }

  @Override
  public Extension extension() {
    return Extension.of(new RefrigeratorController(), new ThermometerController())
        .with(
            SwitchCompressor.class,
            (compressor, _) -> {
              LOG.info(
                  "the compressor of {} is {}",
                  compressor.refrigerator(),
                  compressor.on() ? "on" : "off");
              return CompletableFuture.completedStage("");
            })
        .with(
            Defrost.class,
            (defrost, key) -> {
              LOG.info("{} is defrosted ({})", defrost.refrigerator(), key);
              return CompletableFuture.completedStage("");
            });
  }
}
