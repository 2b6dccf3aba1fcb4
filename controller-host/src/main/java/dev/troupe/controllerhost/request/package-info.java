/// What is sent to an API server for a mutation, and what its answers mean.
@NullMarked
package dev.troupe.controllerhost.request;

import org.jspecify.annotations.NullMarked;
