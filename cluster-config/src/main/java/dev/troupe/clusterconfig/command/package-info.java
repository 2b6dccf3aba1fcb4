/// The `troupe` command: one class per subcommand, and nothing that another module would need.
@NullMarked
package dev.troupe.clusterconfig.command;

import org.jspecify.annotations.NullMarked;
