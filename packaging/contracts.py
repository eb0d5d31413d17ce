"""Who may import whom: three kinds of contract that import-linter lacks.

Its own kinds fail when a package they name does not exist yet, and cannot say "only
these may import that". The contracts themselves stand in pyproject.toml. Run this file
to check them.
"""

import sys
from dataclasses import dataclass
from typing import Any

import grimp
from importlinter import Contract, ContractCheck, fields, output


@dataclass(frozen=True)
class Edge:
    """One import that a contract looks at."""

    importer: str
    imported: str


def lies_in(module: str, packages: list[str]) -> bool:
    """Tell whether a module is one of the packages or inside one."""
    return any(module == name or module.startswith(f"{name}.") for name in packages)


def edges_into(graph: grimp.ImportGraph, packages: list[str]) -> list[Edge]:
    """List the direct imports of some packages from outside them."""
    return sorted(
        (
            Edge(importer, module)
            for module in graph.modules
            if lies_in(module, packages)
            for importer in graph.find_modules_that_directly_import(module)
            if not lies_in(importer, packages)
        ),
        key=lambda edge: (edge.importer, edge.imported),
    )


def names(*, required: bool = True) -> Any:
    """Declare a field that holds names; import-linter fills it with a list."""
    return fields.ListField(subfield=fields.StringField(), required=required)


class Reporting(Contract):
    """A contract that lists its violations, one line each."""

    def report(self, violations: list[str]) -> ContractCheck:
        """Keep or break the contract."""
        return ContractCheck(kept=not violations, metadata={"violations": violations})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the violations."""
        for violation in check.metadata["violations"]:
            output.print_error(f"- {violation}", bold=False)
        output.new_line()


class Only(Reporting):
    """Only `importers` import `modules` directly, besides the pairs in `exceptions`."""

    type_name = "only"
    modules: list[str] = names()
    importers: list[str] = names(required=False)
    exceptions: list[str] = names(required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Find the imports that come from elsewhere."""
        importers = self.importers or []
        pairs = [pair.split(" -> ") for pair in self.exceptions or []]
        return self.report(
            [
                describe(graph, edge)
                for edge in edges_into(graph, self.modules)
                if not lies_in(edge.importer, importers)
                and not any(
                    lies_in(edge.importer, [importer]) and edge.imported == imported
                    for importer, imported in pairs
                )
            ]
        )


class Unreachable(Reporting):
    """No chain of imports leads from `source_modules` to `modules`."""

    type_name = "unreachable"
    source_modules: list[str] = names()
    modules: list[str] = names()

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Find the shortest chains."""
        chains: set[tuple[str, ...]] = set()
        for source in self.source_modules:
            for target in self.modules:
                if source in graph.modules and target in graph.modules:
                    chains |= graph.find_shortest_chains(source, target)
        return self.report([" -> ".join(chain) for chain in sorted(chains)])


class StandardLibrary(Reporting):
    """`source_modules` import each other and the standard library, nothing else."""

    type_name = "standard_library"
    source_modules: list[str] = names()

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Find every other import."""
        return self.report(
            [
                describe(graph, Edge(module, imported))
                for module in sorted(graph.modules)
                if lies_in(module, self.source_modules)
                for imported in sorted(graph.find_modules_directly_imported_by(module))
                if not lies_in(imported, self.source_modules)
                and imported.split(".")[0] not in sys.stdlib_module_names
            ]
        )


def describe(graph: grimp.ImportGraph, edge: Edge) -> str:
    """Say where an import stands."""
    details: list[Any] = graph.get_import_details(
        importer=edge.importer, imported=edge.imported
    )
    lines = ", ".join(str(detail["line_number"]) for detail in details)
    return f"{edge.importer} -> {edge.imported} (line {lines})"


def main() -> int:
    """Check all contracts."""
    from importlinter import cli

    return int(cli.lint_imports(no_logo=True))


if __name__ == "__main__":
    sys.exit(main())
