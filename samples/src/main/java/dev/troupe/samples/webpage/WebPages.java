package dev.troupe.samples.webpage;

import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.command.TroupeCommand;

/// The `troupe` command, whose member runs the [WebPageController] too.
public final class WebPages {

  private WebPages() {}

  public static void main(String[] arguments) {
    TroupeCommand.run(WebPages.class, Extension.of(new WebPageController()), arguments);
  }
}
