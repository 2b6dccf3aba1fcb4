/// The options of a request, valid in themselves: of reads, of writes, and which objects are meant.
@NullMarked
package dev.troupe.apiserver.options;

import org.jspecify.annotations.NullMarked;
