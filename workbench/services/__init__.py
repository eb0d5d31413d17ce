"""What a person can do with Workbench, one module per page; no Qt, no SQL, no torch.

Services speak to the ports of `workbench.domain.ports`; `workbench.app.compose` hands
them the adapters. They may be called from any thread, and tell what happened through
one `EventBus`.
"""
