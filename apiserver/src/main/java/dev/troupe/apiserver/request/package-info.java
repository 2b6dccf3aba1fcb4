/// What a client asks for: path, verb, and the formats it sends and wants.
@NullMarked
package dev.troupe.apiserver.request;

import org.jspecify.annotations.NullMarked;
