/// What the log tells of an object, asked for where the object is: `?journal=history`, `blame`,
/// `cause` or `why`.
@NullMarked
package dev.troupe.apiserver.journal;

import org.jspecify.annotations.NullMarked;
