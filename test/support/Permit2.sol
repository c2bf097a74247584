// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DeployPermit2} from "@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol";

import {ISignatureTransfer} from "../../contracts/dex/interfaces/ISignatureTransfer.sol";
import {Test} from "./Test.sol";

/// @notice Puts Permit2 at its canonical address, byte for byte as on Ethereum. `dev/permit2.ts` does it for local chains.
/// @dev The package's own helper puts code there with two immutables that hold the domain separator of chain 31337 at
/// another address. They are set to those of Ethereum's deployment; on any other chain id Permit2 then computes its
/// separator.
abstract contract WithPermit2 is Test {
    address internal constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;

    bytes32 private constant _CODE_HASH = 0xc67d1657868aa5146eaf24fb879fb1fdec3d2d493b3683a61c9c2f4fb2851131;
    uint256 private constant _CHAIN_ID_AT = 6945;
    uint256 private constant _SEPARATOR_AT = 6983;

    function deployPermit2() internal returns (ISignatureTransfer) {
        new DeployPermit2().run();
        bytes memory code = PERMIT2.code;
        bytes32 separator = permit2Separator(1);
        assembly ("memory-safe") {
            mstore(add(add(code, 0x20), _CHAIN_ID_AT), 1)
            mstore(add(add(code, 0x20), _SEPARATOR_AT), separator)
        }
        assertEq(keccak256(code), _CODE_HASH, "Permit2 as on Ethereum");
        vm.etch(PERMIT2, code);
        return ISignatureTransfer(PERMIT2);
    }

    function permit2Separator(uint256 chainId) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,uint256 chainId,address verifyingContract)"),
                    keccak256("Permit2"),
                    chainId,
                    PERMIT2
                )
            );
    }
}
