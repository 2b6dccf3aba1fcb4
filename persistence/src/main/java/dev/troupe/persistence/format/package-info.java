/// What is stored, as bytes: hand-written serializers with stable ids and a version each, which
/// read every format ever released.
@NullMarked
package dev.troupe.persistence.format;

import org.jspecify.annotations.NullMarked;
