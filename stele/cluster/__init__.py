"""The work of the engine on other machines: a Dask cluster in place of the processes of this one."""
