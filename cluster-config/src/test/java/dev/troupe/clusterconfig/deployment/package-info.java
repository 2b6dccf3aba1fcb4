/// What is given to whoever runs Troupe in production: the distribution, and what is in `deploy`.
@NullMarked
package dev.troupe.clusterconfig.deployment;

import org.jspecify.annotations.NullMarked;
