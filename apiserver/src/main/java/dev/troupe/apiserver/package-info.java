/// The Kubernetes API over HTTPS.
@NullMarked
package dev.troupe.apiserver;

import org.jspecify.annotations.NullMarked;
