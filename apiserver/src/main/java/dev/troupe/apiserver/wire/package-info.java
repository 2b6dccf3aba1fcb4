/// How answers leave over HTTP: documents as responses, streams as chunks or frames of a WebSocket.
@NullMarked
package dev.troupe.apiserver.wire;

import org.jspecify.annotations.NullMarked;
