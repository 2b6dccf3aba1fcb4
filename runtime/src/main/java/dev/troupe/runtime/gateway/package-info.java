/// How members speak to each other: the one actor that letters come to, and partitions elsewhere as
/// those here see them.
@NullMarked
package dev.troupe.runtime.gateway;

import org.jspecify.annotations.NullMarked;
