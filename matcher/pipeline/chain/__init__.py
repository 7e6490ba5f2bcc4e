"""The chain as a whole: who sells to whom, through what and how much, how it changes, and files of it.

Open first: ``flows.py`` (sales between segments), ``firm_graph.py`` (firms and links), ``profile.py`` (years).
"""
