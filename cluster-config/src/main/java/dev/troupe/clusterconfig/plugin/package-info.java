/// Jars with controllers: which there are, how each is loaded, and the sentence for one that cannot
/// be.
@NullMarked
package dev.troupe.clusterconfig.plugin;

import org.jspecify.annotations.NullMarked;
