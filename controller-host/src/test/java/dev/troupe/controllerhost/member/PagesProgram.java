package dev.troupe.controllerhost.member;

import dev.troupe.controllerhost.command.ControllerHostCommand;
import dev.troupe.samples.webpage.WebPageController;

/// Web pages as a program of its own, as its author would write it.
final class PagesProgram {

  private PagesProgram() {}

  public static void main(String[] words) {
    ControllerHostCommand.run(
        TroupeControllers.builder().add(new WebPageController()).installKinds(), words);
  }
}
