/// How objects are read from JSON, YAML and protobuf and written as JSON and YAML.
@NullMarked
package dev.troupe.resources.codec;

import org.jspecify.annotations.NullMarked;
