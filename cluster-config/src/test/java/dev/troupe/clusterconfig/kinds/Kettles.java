package dev.troupe.clusterconfig.kinds;

import dev.troupe.api.extension.Extension;
import dev.troupe.api.extension.ExtensionSource;

/// What a jar with kettles brings.
public final class Kettles implements ExtensionSource {

  @Override
  public Extension extension() {
    return Extension.of(new KettleController());
  }
}
