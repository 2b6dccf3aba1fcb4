/// How an API server is spoken to: calls with deadlines, at a bounded rate, and streams that are
/// pulled.
@NullMarked
package dev.troupe.controllerhost.connection;

import org.jspecify.annotations.NullMarked;
