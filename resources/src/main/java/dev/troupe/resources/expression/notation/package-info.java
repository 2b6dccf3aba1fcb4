/// What is written as a text and is more than one: addresses, amounts, versions, URLs, names of a
/// certain form.
@NullMarked
package dev.troupe.resources.expression.notation;

import org.jspecify.annotations.NullMarked;
