/// Lists of many objects through a whole server, in every shape, beside etcd's ranges.
@NullMarked
package dev.troupe.benchmarks.list;

import org.jspecify.annotations.NullMarked;
