/// A controller that turns config maps into web pages that are served.
@NullMarked
package dev.troupe.samples.webpage;

import org.jspecify.annotations.NullMarked;
