/// The configuration of a member among others: its file, the layers below and above it, and what is
/// wrong with it.
@NullMarked
package dev.troupe.clusterconfig.configuration;

import org.jspecify.annotations.NullMarked;
