/// Kubernetes' protobuf, as clients send it and want it.
@NullMarked
package dev.troupe.resources.codec.protobuf;

import org.jspecify.annotations.NullMarked;
