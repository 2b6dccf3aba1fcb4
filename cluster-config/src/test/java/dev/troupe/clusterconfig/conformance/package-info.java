/// What Kubernetes' own conformance tests ask of the kinds that are served, against a real process:
/// `docs/conformance.md` says which test stands for which of theirs.
@NullMarked
package dev.troupe.clusterconfig.conformance;

import org.jspecify.annotations.NullMarked;
