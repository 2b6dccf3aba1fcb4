/// What members need that are tried out on this machine: a database and certificates of their own.
@NullMarked
package dev.troupe.clusterconfig.premises;

import org.jspecify.annotations.NullMarked;
