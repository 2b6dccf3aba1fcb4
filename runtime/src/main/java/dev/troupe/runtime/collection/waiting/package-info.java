/// Who waits in a partition, across its epochs: writes and their resources, readers, those who
/// close namespaces, those who follow.
@NullMarked
package dev.troupe.runtime.collection.waiting;

import org.jspecify.annotations.NullMarked;
