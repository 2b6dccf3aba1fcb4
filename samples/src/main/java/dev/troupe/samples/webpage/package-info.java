/// A kind for web pages, and the controller that serves them.
@NullMarked
package dev.troupe.samples.webpage;

import org.jspecify.annotations.NullMarked;
