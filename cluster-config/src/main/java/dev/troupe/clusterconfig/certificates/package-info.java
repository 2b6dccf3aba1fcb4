/// The cluster's own certificate authority, the certificates it issues and the kubeconfig made of
/// them.
@NullMarked
package dev.troupe.clusterconfig.certificates;

import org.jspecify.annotations.NullMarked;
