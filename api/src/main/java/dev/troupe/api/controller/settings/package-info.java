/// How much of a controller runs at once, how fast, and how patiently.
@NullMarked
package dev.troupe.api.controller.settings;

import org.jspecify.annotations.NullMarked;
