/// Kubernetes' protobuf, as clients send it.
@NullMarked
package dev.troupe.resources.codec.protobuf;

import org.jspecify.annotations.NullMarked;
