/// How objects are read from JSON, YAML and protobuf, written as JSON and YAML, and seen in another
/// version.
@NullMarked
package dev.troupe.resources.codec;

import org.jspecify.annotations.NullMarked;
