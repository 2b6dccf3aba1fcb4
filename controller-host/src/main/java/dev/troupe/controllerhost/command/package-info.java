/// The command that runs controllers against an API server elsewhere.
@NullMarked
package dev.troupe.controllerhost.command;

import org.jspecify.annotations.NullMarked;
