@NullMarked
package dev.troupe.resources.validation;

import org.jspecify.annotations.NullMarked;
