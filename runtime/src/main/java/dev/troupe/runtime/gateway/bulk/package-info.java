/// What is large on its way between members: letters in parts, and lists that others take from
/// here.
@NullMarked
package dev.troupe.runtime.gateway.bulk;

import org.jspecify.annotations.NullMarked;
