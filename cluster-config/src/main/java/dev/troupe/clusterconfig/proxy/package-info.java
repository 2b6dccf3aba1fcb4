/// One port in front of the ports of all members on a machine, so that one kubeconfig works while
/// any of them is down. `troupe up --members N` opens it.
@NullMarked
package dev.troupe.clusterconfig.proxy;

import org.jspecify.annotations.NullMarked;
