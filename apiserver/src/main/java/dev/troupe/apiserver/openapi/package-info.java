/// The OpenAPI documents from which clients learn the fields of the types.
@NullMarked
package dev.troupe.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
