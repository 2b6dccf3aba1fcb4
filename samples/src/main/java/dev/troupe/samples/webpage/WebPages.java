package dev.troupe.samples.webpage;

import dev.troupe.api.extension.Extension;
import dev.troupe.api.extension.ExtensionSource;
import dev.troupe.clusterconfig.command.TroupeCommand;

/// The `troupe` command, whose member runs the [WebPageController] too.
public final class WebPages implements ExtensionSource {

  public static void main(String[] arguments) {
    TroupeCommand.run(WebPages.class, new WebPages().extension(), arguments);
  }

  @Override
  public Extension extension() {
    return Extension.of(new WebPageController());
  }

  /// What servers carry that have a content.
  public static String digest(String html) {
    return PageObjects.digest(html);
  }
}
