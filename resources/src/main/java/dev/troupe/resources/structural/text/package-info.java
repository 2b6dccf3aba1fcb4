/// Texts of custom resources: their formats, the expressions that they match, and how values are
/// written into messages.
@NullMarked
package dev.troupe.resources.structural.text;

import org.jspecify.annotations.NullMarked;
