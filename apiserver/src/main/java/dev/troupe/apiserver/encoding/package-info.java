/// Objects, lists and watch events in the form that a client wants.
@NullMarked
package dev.troupe.apiserver.encoding;

import org.jspecify.annotations.NullMarked;
